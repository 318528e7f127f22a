"""The OpenAPI document: parameters, answers and examples, read from the declarations."""
