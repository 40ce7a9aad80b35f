# SPDX-License-Identifier: Apache-2.0
"""A real image registry (Debian's docker-registry) on the loopback, and small
images to put there with skopeo."""
import base64
import crypt
import gzip
import hashlib
import http.server
import io
import json
import os
import pathlib
import signal
import socket
import subprocess
import tarfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

MANIFEST = "application/vnd.oci.image.manifest.v1+json"
INDEX = "application/vnd.oci.image.index.v1+json"


# --- images -----------------------------------------------------------------


class Layout:
    """An OCI image layout that is being made in `folder`."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        (self.folder / "blobs" / "sha256").mkdir(parents=True)
        (self.folder / "oci-layout").write_text(
            '{"imageLayoutVersion": "1.0.0"}')

    def blob(self, data, media_type):
        if not isinstance(data, bytes):
            data = json.dumps(data).encode()
        digest = hashlib.sha256(data).hexdigest()
        (self.folder / "blobs" / "sha256" / digest).write_bytes(data)
        return {"mediaType": media_type, "digest": f"sha256:{digest}",
                "size": len(data)}

    def layer(self, files):
        """The descriptor and the diff id of a layer."""
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w") as tar:
            for name, content in files.items():
                info = tarfile.TarInfo(name)
                info.size = len(content)
                tar.addfile(info, io.BytesIO(content))
        data = buffer.getvalue()
        return (self.blob(gzip.compress(data, mtime=0),
                          "application/vnd.oci.image.layer.v1.tar+gzip"),
                f"sha256:{hashlib.sha256(data).hexdigest()}")

    def image(self, layers, architecture="amd64", variant=""):
        """The descriptor of an image with a layer for each dict of files."""
        made = [self.layer(files) for files in layers]
        platform = {"os": "linux", "architecture": architecture}
        if variant:
            platform["variant"] = variant
        config = self.blob(
            {**platform, "config": {"Env": ["PATH=/bin"]},
             "rootfs": {"type": "layers",
                        "diff_ids": [diff_id for _, diff_id in made]}},
            "application/vnd.oci.image.config.v1+json")
        manifest = self.blob(
            {"schemaVersion": 2, "mediaType": MANIFEST, "config": config,
             "layers": [descriptor for descriptor, _ in made]}, MANIFEST)
        return {**manifest, "platform": platform}

    def index(self, images):
        return self.blob({"schemaVersion": 2, "mediaType": INDEX,
                          "manifests": images}, INDEX)

    def close(self, descriptor):
        (self.folder / "index.json").write_text(json.dumps(
            {"schemaVersion": 2, "manifests": [descriptor]}))
        return descriptor["digest"]


def skopeo(*words):
    return subprocess.run(["skopeo", "--insecure-policy", *map(str, words)],
                          check=True, capture_output=True, text=True).stdout


# --- the registry -----------------------------------------------------------


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Registry:
    """A running docker-registry that keeps its images in `folder`. `auth` is
    the part of its configuration with that name."""

    def __init__(self, folder, auth=None):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.host = f"127.0.0.1:{self.port}"
        config = {"version": 0.1, "log": {"level": "error"},
                  "storage": {"filesystem": {
                      "rootdirectory": str(self.folder / "data")}},
                  "http": {"addr": self.host}}
        if auth:
            config["auth"] = auth
        path = self.folder / f"config-{self.port}.yml"
        path.write_text(json.dumps(config))  # Which is YAML, too.
        self.log_path = self.folder / f"log-{self.port}"
        with open(self.log_path, "w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                ["docker-registry", "serve", path], stdout=log,
                stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        self._wait()

    def _wait(self):
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://{self.host}/v2/", timeout=5)
                return
            except urllib.error.HTTPError:
                return  # It wants a login.
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"no registry: {self.log_path.read_text()}")

    def requests(self):
        """`GET /v2/…` of each request so far."""
        return [line.split('"')[1].rsplit(" ", 1)[0]
                for line in self.log_path.read_text().splitlines()
                if '"GET ' in line]

    def stop(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def push(self, layout, name, *options):
        """Puts the image of a layout there, as it is unless `options` say."""
        skopeo("copy", "--dest-tls-verify=false", *(options or ["--all"]),
               f"oci:{layout}", f"docker://{self.host}/{name}")


def htpasswd(folder, user, password):
    """The `auth` of a registry that wants Basic authentication."""
    path = pathlib.Path(folder) / "htpasswd"
    hashed = crypt.crypt(password,
                         crypt.mksalt(crypt.METHOD_BLOWFISH, rounds=16))
    path.write_text(f"{user}:{hashed}\n")
    return {"htpasswd": {"realm": "test", "path": str(path)}}


class TokenServer:
    """Gives tokens that a docker-registry with `auth` of this server takes, to
    who shows `logins` (`{user: password}`), or to everybody if there are none.
    Each is good for `seconds`."""

    def __init__(self, folder, logins=None, seconds=60):
        self.folder = pathlib.Path(folder)
        self.key, self.cert = self.folder / "key.pem", self.folder / "cert.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes",
             "-keyout", self.key, "-out", self.cert, "-days", "2",
             "-subj", "/CN=test"], check=True, capture_output=True)
        self.seconds = seconds
        self.asked = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                query = dict(urllib.parse.parse_qsl(
                    urllib.parse.urlsplit(self.path).query))
                shown = self.headers.get("Authorization", "")
                outer.asked.append((query, shown))
                if logins and shown not in [
                        "Basic " + base64.b64encode(
                            f"{user}:{password}".encode()).decode()
                        for user, password in logins.items()]:
                    self.send_error(401)
                    return
                body = json.dumps({"token": outer.token(query)}).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def auth(self):
        port = self.server.server_address[1]
        return {"token": {"realm": f"http://127.0.0.1:{port}/token",
                          "service": "test registry", "issuer": "test",
                          "rootcertbundle": str(self.cert)}}

    def token(self, query):
        kind, name, actions = query["scope"].split(":")
        now = int(time.time())
        der = subprocess.run(
            ["openssl", "x509", "-in", self.cert, "-outform", "DER"],
            check=True, capture_output=True).stdout

        def encoded(data):
            return base64.urlsafe_b64encode(data).rstrip(b"=")

        text = b".".join(encoded(json.dumps(part).encode()) for part in (
            {"typ": "JWT", "alg": "RS256",
             "x5c": [base64.b64encode(der).decode()]},
            {"iss": "test", "sub": "", "aud": query["service"],
             "exp": now + self.seconds, "nbf": now - 10, "iat": now,
             "jti": os.urandom(8).hex(),
             "access": [{"type": kind, "name": name,
                         "actions": actions.split(",")}]}))
        signature = subprocess.run(
            ["openssl", "dgst", "-sha256", "-sign", self.key], input=text,
            check=True, capture_output=True).stdout
        return (text + b"." + encoded(signature)).decode()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
