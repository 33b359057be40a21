"""Native charts: the model of a chart, taken from a figure and written as OpenXML."""
