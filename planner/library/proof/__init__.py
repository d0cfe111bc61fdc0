"""The proof: a solver's model of the content, generated from it, and the promises that hold for every set of answers."""
