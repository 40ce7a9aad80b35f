#!/bin/bash
# Prints the files that it is given in capitals.
cat "$@" | tr '[:lower:]' '[:upper:]'
