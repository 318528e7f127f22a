"""UCDP GED: the events of the Uppsala Conflict Data Program, from the CSV of any release from 17 to 26."""
