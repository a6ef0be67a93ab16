"""What people say in their own words: themes, how they go with the measures, examples, and how well the coding agrees."""
