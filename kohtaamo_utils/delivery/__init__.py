"""From a template to a delivered file: papermill, the nbconvert exporter, the batch, provenance."""
