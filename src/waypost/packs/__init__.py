"""Packs: folders of YAML and Markdown, read strictly, every Problem at once."""
