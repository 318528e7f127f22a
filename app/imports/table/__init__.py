"""Tables of CSV and XLSX: a row is a record, a cell one of its members."""
