"""The editor of a draft: its YAML as fields on pages, and what was filled in as changes of the YAML."""
