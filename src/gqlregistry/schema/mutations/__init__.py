"""The mutations of the public schema, a module a subject. They translate; the rules are the registry's."""
