"""A report that is brought as a file becomes pages, register and names, letter for letter."""
