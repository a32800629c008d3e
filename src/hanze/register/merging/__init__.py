"""Making two parties one, in steps that can be taken back."""
