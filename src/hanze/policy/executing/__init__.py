"""Frameworks and decision models as polars expressions and as SQL, from the same syntax trees that Python evaluates.

`lowering` walks the trees once; `operations` is what it needs of a backend; `polars` and `sql` are the two backends.
Importing this package loads neither polars nor sqlglot.
"""
