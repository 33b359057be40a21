"""Recognising: header words, a form's columns, and earlier answers about layouts."""
