"""Who may be shown: thresholds, pooling, complementary suppression, bands."""
