"""Tests of what deploys the project, without a cluster."""
