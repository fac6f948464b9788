"""The public page: a static site of what is on the shelf and what is on, made from the database and brought to a place
where people see it at home. `contents` alone decides what is public."""
