"""Files of households, of any size and without a database: rows in, answers out, what is wrong in a third."""
