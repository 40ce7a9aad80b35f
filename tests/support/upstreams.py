# SPDX-License-Identifier: Apache-2.0
"""Services of the world on the loopback, in the formats that they answer in:
python.org's release API, GitHub's releases API and an index of PEP 691."""
import hashlib
import http.server
import json
import threading
import urllib.parse


def sha256(data):
    return hashlib.sha256(data).hexdigest()


class Upstreams:
    """`mirrors` leads to it what would go to those services."""

    PAGE = 2  # Releases of GitHub on a page.

    def __init__(self):
        self.requests = []
        self.limited = False  # GitHub's, for who shows no token.
        self.broken = set()   # Names of services that fail.
        self.python = {}      # version: {file name: bytes}
        self.github = {}      # "owner/name": [(tag, prerelease, {asset: bytes})]
        self.pypi = {}        # project: {file name: (bytes, yanked)}
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                outer.requests.append(self.path)
                url = urllib.parse.urlsplit(self.path)
                service, _, path = url.path[1:].partition("/")
                query = dict(urllib.parse.parse_qsl(url.query))
                if service in outer.broken:
                    return self.answer(503, b"")
                answer = getattr(outer, "_" + service, None)
                answer = answer and answer(path, query, self.headers)
                self.answer(*(answer or (404, b'{"message": "Not Found"}')))

            def answer(self, code, body, headers=()):
                if not isinstance(body, bytes):
                    body = json.dumps(body).encode()
                self.send_response(code)
                for name, value in headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.host = f"127.0.0.1:{self.server.server_address[1]}"

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def mirrors(self):
        """Lines of the user's settings."""
        return "".join(
            f"mirror = {place} http://{self.host}/{name}/ only\n"
            for place, name in (
                ("https://www.python.org/api/v2/downloads/", "releases"),
                ("https://www.python.org/ftp/python/", "ftp"),
                ("https://api.github.com/", "api"),
                ("https://github.com/", "site"),
                ("https://pypi.org/simple/", "simple"),
                ("https://files.pythonhosted.org/", "hosted")))

    # --- python.org ---------------------------------------------------------

    def _releases(self, path, query, headers):
        versions = sorted(self.python)
        api = "https://www.python.org/api/v2/downloads/release/"
        if path == "release/":
            return 200, [
                {"name": f"Python {version}", "slug": "python", "version": 3,
                 "is_published": True, "is_latest": False,
                 "release_date": "2026-01-01T00:00:00Z",
                 "pre_release": not version.replace(".", "").isdigit(),
                 "release_page": None, "show_on_download_page": True,
                 "resource_uri": f"{api}{number}/"}
                for number, version in enumerate(versions)]
        if path == "release_file/" and "release" in query:
            version = versions[int(query["release"])]
            return 200, [
                {"name": "a file", "os": f"{api}os/3/", "is_source": True,
                 "release": f"{api}{query['release']}/",
                 "url": f"https://www.python.org/ftp/python/{version}/{name}",
                 "md5_sum": "", "filesize": len(data),
                 "sha256_sum": sha256(data)}
                for name, data in self.python[version].items()]
        return None

    def _ftp(self, path, query, headers):
        version, _, name = path.partition("/")
        data = self.python.get(version, {}).get(name)
        return None if data is None else (200, data)

    # --- GitHub -------------------------------------------------------------

    def _api(self, path, query, headers):
        if self.limited and not headers.get("Authorization"):
            return (403, {"message": "API rate limit exceeded"},
                    [("X-RateLimit-Limit", "60"),
                     ("X-RateLimit-Remaining", "0"),
                     ("X-RateLimit-Reset", "4102444800")])
        parts = path.split("/")
        if parts[0] != "repos" or parts[3:] != ["releases"]:
            return None
        name = "/".join(parts[1:3])
        if name not in self.github:
            return None
        page = int(query.get("page", 1))
        releases = self.github[name]
        more = []
        if len(releases) > page * self.PAGE:
            place = f"https://api.github.com/{path}?page="
            more = [("Link", f'<{place}{page + 1}>; rel="next", '
                             f'<{place}99>; rel="last"')]
        return 200, [
            {"tag_name": tag, "name": tag, "draft": False, "id": 1,
             "prerelease": prerelease, "assets": [
                 {"name": asset, "size": len(data), "state": "uploaded",
                  "digest": f"sha256:{sha256(data)}",
                  "browser_download_url": f"https://github.com/{name}/releases"
                                          f"/download/{tag}/{asset}"}
                 for asset, data in assets.items()]}
            for tag, prerelease, assets in
            releases[(page - 1) * self.PAGE:page * self.PAGE]], more

    def _site(self, path, query, headers):
        parts = path.split("/")
        for tag, _, assets in self.github.get("/".join(parts[:2]), ()):
            if parts[2:] == ["archive", "refs", "tags", tag + ".tar.gz"]:
                return 200, f"the source of {tag}\n".encode()
            if parts[2:5] == ["releases", "download", tag]:
                data = assets.get(parts[5])
                return None if data is None else (200, data)
        return None

    # --- an index of Python's -----------------------------------------------

    def _simple(self, path, query, headers):
        kind = "application/vnd.pypi.simple.v1+json"
        files = self.pypi.get(path.rstrip("/"))
        if files is None or kind not in headers.get("Accept", ""):
            return None
        return 200, {
            "meta": {"api-version": "1.1"}, "name": path.rstrip("/"),
            "versions": [], "files": [
                {"filename": name, "hashes": {"sha256": sha256(data)},
                 "url": f"https://files.pythonhosted.org/packages/{name}",
                 "requires-python": ">=3.9", "yanked": yanked}
                for name, (data, yanked) in files.items()]}, [
                    ("Content-Type", kind)]

    def _hosted(self, path, query, headers):
        for files in self.pypi.values():
            if path.removeprefix("packages/") in files:
                return 200, files[path.removeprefix("packages/")][0]
        return None
