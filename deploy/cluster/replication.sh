#!/bin/sh
# Lets replicas in, once, when the primary is made.
echo "host replication all all trust" >> "$PGDATA/pg_hba.conf"
