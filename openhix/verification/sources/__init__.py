"""Others who know something: the data services of the federal hub and of the state, behind one interface."""
