@echo off
rem Office PC: double-click. The work is done by start.ps1 beside this file.
powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0start.ps1"
if errorlevel 1 pause
