"""Expert councils: criteria, blind scores, agreement, recommendations."""
