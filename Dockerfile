# The image of the action. The runner builds it as it is: no build arguments, no cache between jobs.
#
# The base is a tag, which Dependabot raises. To pin its content as well, append the digest that
# `docker buildx imagetools inspect python:3.14-slim-trixie` prints; Dependabot then keeps both.
FROM python:3.14-slim-trixie AS build

WORKDIR /build
COPY requirements/image.txt requirements/covgate.txt requirements/
RUN python -m venv --without-pip /opt/build \
    && python -m pip --disable-pip-version-check --python /opt/build/bin/python install --no-cache-dir --require-hashes -r requirements/image.txt \
    && python -m venv --without-pip /opt/covgate \
    && /opt/build/bin/uv pip install --no-cache --python /opt/covgate/bin/python --require-hashes -r requirements/covgate.txt

COPY pyproject.toml README.md LICENSE ./
COPY src src
RUN /opt/build/bin/hatchling build -t wheel -d /build/wheel \
    && /opt/build/bin/uv pip install --no-cache --python /opt/covgate/bin/python --no-deps wheel/*.whl \
    && /opt/covgate/bin/python -m compileall -q -j 0 /opt/covgate


FROM python:3.14-slim-trixie

# The official image ships no compiled standard library: compiled once here, it is not compiled again in every run.
# Git needs Perl for commands that nobody runs here (svn, send-email); without it the image is a sixth smaller.
# hadolint ignore=DL3008
RUN apt-get -o Acquire::Retries=3 update \
    && apt-get -o Acquire::Retries=3 install -y --no-install-recommends git \
    && dpkg-query -W -f '${Package}\n' perl liberror-perl 'libperl5*' 'perl-modules-5*' > /tmp/perl \
    && xargs -a /tmp/perl dpkg --purge --force-depends \
    && rm /tmp/perl \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* \
    && python -m compileall -q -j 0 -x '/(site-packages|test|idlelib|tkinter|turtledemo|ensurepip|pydoc_data)/' \
       "$(python -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')"

# uv and the base's Python are the suite's; /opt/covgate is covgate's alone.
COPY --from=build /opt/build/bin/uv /usr/local/bin/uv
COPY --from=build /opt/covgate /opt/covgate

# Neither the working directory nor PYTHONPATH can put a module of the suite's in front of covgate's: -I.
ENTRYPOINT ["/opt/covgate/bin/python", "-I", "-m", "covgate"]
