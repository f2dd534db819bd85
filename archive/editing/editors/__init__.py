"""What editors' tools are given: JSON Schemas, settings of VS Code, issue forms; all from the models."""
