# Office PC with Windows: makes .venv at the first start, installs what is pinned, loads the sample county when there is
# no data yet, starts the server and opens the browser. Serves this PC alone unless settings.toml says otherwise.
$ErrorActionPreference = "Stop"
[Console]::OutputEncoding = [System.Text.Encoding]::UTF8
$env:PYTHONUTF8 = "1"
Set-Location (Split-Path -Parent $PSScriptRoot)

function Fail([string]$words) { Write-Host $words -ForegroundColor Red; exit 1 }

# 1. Python 3.11 or later
$python = $null
foreach ($candidate in @(@("py", "-3"), @("python"))) {
    if (Get-Command $candidate[0] -ErrorAction SilentlyContinue) {
        $rest = @($candidate | Select-Object -Skip 1)
        & $candidate[0] @rest -c "import sys; sys.exit(sys.version_info < (3, 11))"
        if ($LASTEXITCODE -eq 0) { $python = $candidate; break }
    }
}
if (-not $python) { Fail "需要 Python 3.11 或更高版本。请从 python.org 下载安装，安装时勾选“Add python.exe to PATH”，再双击一次。" }

# 2. What is installed is named by what asked for it, as the Makefile does
$asked = (Get-FileHash requirements.txt -Algorithm SHA256).Hash.Substring(0, 12)
$mark = ".venv\runtime-$asked"
if (-not (Test-Path $mark)) {
    Write-Host "第一次启动，正在安装，约需几分钟……"
    $rest = @($python | Select-Object -Skip 1)
    & $python[0] @rest -m venv .venv
    if ($LASTEXITCODE -ne 0) { Fail "建不了运行环境。请看上面的说明。" }
    & .venv\Scripts\python.exe -m pip install --quiet --disable-pip-version-check -r requirements.txt
    if ($LASTEXITCODE -ne 0) { Fail "安装没有完成。请检查网络，再双击一次。" }
    & .venv\Scripts\python.exe -m servestatic.compress --quiet --no-brotli --no-zstd .venv\Lib\site-packages\streamlit\static\static
    & .venv\Scripts\python.exe -m servestatic.compress --quiet --no-brotli --no-zstd pages\browser
    Remove-Item .venv\runtime-* -ErrorAction SilentlyContinue
    New-Item $mark -ItemType File | Out-Null
}

# 3. The settings, told before anything starts
$python = ".venv\Scripts\python.exe"
$told = & $python -m serving settings
if ($LASTEXITCODE -ne 0) { Fail "请改正 settings.toml 再双击一次。" }

$port = ($told | Select-String "^port\s+(\d+)").Matches[0].Groups[1].Value

# 4. The sample county, only where there is no data and no settings
if (-not (Test-Path settings.toml) -and -not $env:MINGSHU_STORE -and -not (Test-Path data\store\warehouse\CURRENT)) {
    Write-Host "还没有数据，先装入示例县……"
    & $python -m etl sample data\sample-county
    & $python -m etl load data\sample-county --who 系统导入
}

# 5. The server, and the browser once it answers
Start-Job -ArgumentList $port {
    param($port)
    for ($i = 0; $i -lt 60; $i++) {
        try {
            Invoke-WebRequest "http://localhost:$port/healthz/live" -UseBasicParsing | Out-Null
            Start-Process "http://localhost:$port"
            break
        } catch { Start-Sleep 1 }
    }
} | Out-Null
Write-Host "明数：http://localhost:$port （关上这个窗口就停止）"
& $python -m serving
exit $LASTEXITCODE
