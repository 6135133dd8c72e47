"""Another run's report, taken from its artifact, bound to its pull request, and posted."""
