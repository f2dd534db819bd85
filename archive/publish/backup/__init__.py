"""The backup of an archive in one file, and the way back.

It holds what cannot be made again on an empty machine: the repository with all its refs, the published
sites with their deployments, the settings of the server. Of fonts it holds the list, for their licences
allow no passing on; passwords and keys it never holds.
"""
