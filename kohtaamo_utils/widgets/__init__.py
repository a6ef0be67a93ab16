"""Workbenches: the reports' own functions behind sliders, for an analyst in JupyterLab. The only door to ipywidgets."""

from kohtaamo_utils.widgets.data_check import DataCheck
from kohtaamo_utils.widgets.roi_workbench import RoiWorkbench

__all__ = ["DataCheck", "RoiWorkbench"]
