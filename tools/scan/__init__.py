"""What is known against what this repository is made of, and what could not be found out."""
