# SPDX-License-Identifier: Apache-2.0
"""What an action might reach: servers and a process of the user. Says in one
line of JSON where they are, then serves until it is killed.

    host.py FOLDER ABSTRACT-NAME
"""
import array
import json
import os
import select
import socket
import sys

folder, abstract = sys.argv[1:]
os.chdir(folder)
tcp = socket.create_server(("127.0.0.1", 0))
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
udp.bind(("127.0.0.1", 0))
paths = [socket.socket(socket.AF_UNIX) for _ in range(2)]
paths[0].bind("\0" + abstract)
paths[1].bind(os.path.join(folder, "socket"))
for server in paths:
    server.listen()
secret = open("secret.txt", "rb")
print(json.dumps({"tcp": tcp.getsockname()[1], "udp": udp.getsockname()[1],
                  "victim": os.getpid()}), flush=True)
servers = [tcp, *paths]
while True:
    for server in select.select(servers, [], [])[0]:
        peer, _ = server.accept()
        if server is not tcp:
            try:
                peer.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS,
                                       array.array("i", [secret.fileno()]))])
            except OSError:
                pass
        peer.close()
