"""Starts the AWS emulator (moto) for Rolecall's sandbox, and completes what it lacks for our stacks.

Prints `ready <port>` once it listens on 127.0.0.1. Ends when standard input closes (--with-parent), or after
--idle-minutes without a request, so that nothing is left behind.

What it completes, each with its reason:
- GetAccountAuthorizationDetails leaves out the names of policies: they are answered.
- ListServiceSpecificCredentials is missing, so deleting a user with force_destroy would fail: answers with an empty list.
- Lists say IsTruncated only where there is more; AWS always says it, and a page without it is none to go by: says false.
- The credential report is always of 2015, and so none to go by: says now, which it is of.
- UpdateRole forgets the description when only the session length changes, and the other way round: keeps what is not given.

What it cannot do, and what we therefore do not show here:
- It does not enforce IAM: no policy, trust, boundary or MFA condition refuses a call. Who may do what is the proof's matter.
- AssumeRole takes any DurationSeconds, needs no existing role, and knows no MFA.
- Virtual MFA devices carry no tags; permissions boundaries of users are ignored; there is no policy simulator.
"""

import argparse
import os
import sys
import threading
import time
from datetime import datetime, timezone


def complete_the_emulator() -> None:
    from moto.core.responses import ActionResult, EmptyResult
    from moto.iam.models import ManagedPolicy
    from moto.iam.responses import IamResponse

    def list_service_specific_credentials(self):
        return ActionResult({"ServiceSpecificCredentials": []})

    def update_role(self):
        role = self.backend.get_role(self._get_param("RoleName"))
        description = self._get_param("Description")
        duration = self._get_param("MaxSessionDuration")
        if description is not None:
            role.description = description
        if duration is not None:
            role.max_session_duration = duration
        return EmptyResult()

    def get_credential_report(self):
        return ActionResult({
            "Content": self.backend.get_credential_report(),
            "ReportFormat": "text/csv",
            "GeneratedTime": datetime.now(timezone.utc),
        })

    def with_end(answer):
        def wrapped(self):
            result = answer(self)
            if isinstance(result, ActionResult) and isinstance(result.result, dict):
                result.result.setdefault("IsTruncated", False)
            return result

        return wrapped

    ManagedPolicy.policy_name = property(lambda self: self.name)
    IamResponse.list_service_specific_credentials = list_service_specific_credentials
    IamResponse.update_role = update_role
    IamResponse.get_credential_report = get_credential_report
    for name in dir(IamResponse):
        if name.startswith("list_") or name == "get_group":
            setattr(IamResponse, name, with_end(getattr(IamResponse, name)))


def end_with_parent() -> None:
    while os.read(0, 1024):
        pass
    os._exit(0)


def end_when_idle(minutes: float, last: list) -> None:
    while time.monotonic() - last[0] < minutes * 60:
        time.sleep(5)
    os._exit(0)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--with-parent", action="store_true")
    parser.add_argument("--idle-minutes", type=float, default=240)
    parser.add_argument("--rolecall-sandbox", help="marks the process as ours")
    args = parser.parse_args()
    # AWS-managed policies are off by default, and attaching one would fail. MOTO_ACCOUNT_ID would put all accounts into one.
    os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"
    os.environ.pop("MOTO_ACCOUNT_ID", None)

    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import WSGIRequestHandler, make_server

    complete_the_emulator()
    last = [time.monotonic()]

    class Handler(WSGIRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_request(self, *_args):
            last[0] = time.monotonic()

    server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True, request_handler=Handler)
    if args.with_parent:
        threading.Thread(target=end_with_parent, daemon=True).start()
    threading.Thread(target=end_when_idle, args=(args.idle_minutes, last), daemon=True).start()
    print(f"ready {server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    try:
        main()
    except ImportError as error:
        print(f"cannot import the emulator: {error}", file=sys.stderr)
        sys.exit(3)
    except KeyboardInterrupt:
        pass
