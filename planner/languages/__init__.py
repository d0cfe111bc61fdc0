"""Languages: the interface and the Library in another language, and what there is to translate."""
