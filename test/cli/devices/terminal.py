"""Runs a command at a terminal and answers it: terminal.py <JSON list of [shown, typed]> <command...>

Waits until the screen shows the first text, types the second, and so on. Standard input and standard error are the terminal;
the command's standard output goes to ours, and what the screen showed to our standard error. "^C" presses Ctrl-C.
"""

import codecs
import fcntl
import json
import os
import pty
import struct
import sys
import termios

steps = json.loads(sys.argv[1])
out_read, out_write = os.pipe()
child, terminal = pty.fork()
if child == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", int(os.environ.get("TEST_ROWS", "24")), 80, 0, 0))
    os.dup2(out_write, 1)
    os.execvp(sys.argv[2], sys.argv[2:])
os.close(out_write)
shown = ""
# A read may end within a character.
decoder = codecs.getincrementaldecoder("utf-8")("replace")
start = 0
while True:
    try:
        data = os.read(terminal, 4096)
    except OSError:
        break
    if not data:
        break
    shown += decoder.decode(data)
    while steps and steps[0][0] in shown[start:]:
        wanted, typed = steps.pop(0)
        start = shown.index(wanted, start) + len(wanted)
        os.write(terminal, b"\x03" if typed == "^C" else typed.encode() + b"\r")
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
