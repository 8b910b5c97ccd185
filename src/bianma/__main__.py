"""`python -m bianma`: the same as the command `bianma`."""

from bianma.cli import main

main()
