# SPDX-License-Identifier: Apache-2.0
# Installs Debian packages in the root filesystem that this runs in, where all of
# them are unpacked already, so that dpkg, its shell and its libraries run, but
# nothing is configured and dpkg knows of none:
#   configure.sh LIST
# LIST has the path of a .deb file in each line. The order is that of debootstrap.
set -eu
list=$1
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
DEBIAN_FRONTEND=noninteractive
DEBCONF_NONINTERACTIVE_SEEN=true
HOME=/root
# debconf writes its tables in the order of a hash.
PERL_HASH_SEED=0
export PATH DEBIAN_FRONTEND DEBCONF_NONINTERACTIVE_SEEN HOME PERL_HASH_SEED

for program in dpkg dpkg-deb tar sed find; do
  command -v "$program" >/dev/null || {
    echo "there is no $program among the packages: give the essential ones too, or set configure = False" >&2
    exit 1
  }
done

mkdir -p /root /run /var/lib/dpkg/info /var/lib/dpkg/updates
: >>/var/lib/dpkg/status
: >>/var/lib/dpkg/available

# No service is started here.
printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
chmod 755 /usr/sbin/policy-rc.d

install() { dpkg --log=/dev/null --force-unsafe-io "$@"; }

# The file of a package, if it is there.
file_of() { sed -n "s/^$1 //p" /tmp/packages | head -n 1; }

while read -r deb; do
  echo "$(dpkg-deb -f "$deb" Package) $deb"
done <"$list" >/tmp/packages

# Users and groups first, then the folders of the root; scripts of all others
# count on them.
for package in base-passwd base-files; do
  deb=$(file_of "$package")
  [ -z "$deb" ] || install --force-depends --install "$deb"
done
xargs -d '\n' dpkg --log=/dev/null --force-unsafe-io --force-depends --unpack <"$list"
install --configure --pending

# What is different each time, or holds for one machine only.
rm -f /usr/sbin/policy-rc.d /etc/.pwd.lock /etc/machine-id \
  /var/lib/dbus/machine-id /var/cache/ldconfig/aux-cache \
  /var/lib/dpkg/*-old /var/lib/dpkg/lock /var/lib/dpkg/lock-frontend \
  /var/lib/dpkg/triggers/Lock /var/cache/debconf/*-old \
  /etc/passwd- /etc/group- /etc/shadow- /etc/gshadow- /etc/subuid- /etc/subgid-
find /run /var/log /var/tmp -type f -delete
rm -rf /root/.dpkg* /tmp/*
