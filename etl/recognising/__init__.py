"""Recognising: header words, a form's columns, and what was answered about layouts before."""
