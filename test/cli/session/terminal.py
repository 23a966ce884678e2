"""Runs a command at a terminal of its own and types a line whenever it asks: terminal.py <JSON list of lines> <command...>

The command's standard output goes to ours; everything the terminal shows goes to our standard error. "^C" presses Ctrl-C.
"""

import json
import os
import pty
import sys

lines = json.loads(sys.argv[1])
out_read, out_write = os.pipe()
child, terminal = pty.fork()
if child == 0:
    os.dup2(out_write, 1)
    # As a client does with its credential_process: neither standard input nor standard error is the terminal.
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.execvp(sys.argv[2], sys.argv[2:])
os.close(out_write)
shown = ""
asked = 0
while True:
    try:
        data = os.read(terminal, 4096)
    except OSError:
        break
    if not data:
        break
    shown += data.decode("utf-8", "replace")
    while shown.count("MFA code of ") > asked and asked < len(lines):
        line = lines[asked]
        os.write(terminal, b"\x03" if line == "^C" else line.encode() + b"\n")
        asked += 1
sys.stderr.write(shown)
sys.stderr.flush()
output = b""
while True:
    data = os.read(out_read, 65536)
    if not data:
        break
    output += data
sys.stdout.buffer.write(output)
sys.stdout.flush()
_, status = os.waitpid(child, 0)
sys.exit(os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
