# SPDX-License-Identifier: Apache-2.0
"""Files on 127.0.0.1, for what would be fetched from a public server."""
import base64
import http.server
import threading


class FileServer:
    """Answers with `files`, path → bytes or (content type, bytes), and counts
    what is asked; with `login`, a header's value, only those who give it."""

    def __init__(self, test, files, login=None):
        self.files = files
        self.login = login
        self.requests = []
        self.headers = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.requests.append(self.path)
                outer.headers.append(self.headers)
                if outer.login and (self.headers["Authorization"] !=
                                    outer.login):
                    self.send_error(401)
                    return
                body = outer.files.get(self.path)
                if body is None:
                    self.send_error(404)
                    return
                self.send_response(200)
                if isinstance(body, tuple):
                    self.send_header("Content-Type", body[0])
                    body = body[1]
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        test.addCleanup(server.server_close)
        test.addCleanup(server.shutdown)
        self.host = f"127.0.0.1:{server.server_address[1]}"
        self.url = f"http://{self.host}"


def basic(user, password):
    """The value of an Authorization header."""
    return "Basic " + base64.b64encode(
        f"{user}:{password}".encode()).decode()
