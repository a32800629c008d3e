"""Policy frameworks as an organisation keeps them: versions to read and compare, drafts to edit and approve."""
