-- As whoever builds: readers get at what is made later, without another word.
CREATE ROLE reader LOGIN;
ALTER ROLE reader SET default_transaction_read_only = on;
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO reader;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO reader;
