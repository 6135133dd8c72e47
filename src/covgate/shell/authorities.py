"""Certificate authorities of one's own, as servers behind a company's wall have them."""

from collections.abc import Mapping
from pathlib import Path

VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "GIT_SSL_CAINFO")


def authorities(environment: Mapping[str, str]) -> str:
    """The path of the file that says whom to trust; "" for whom everybody trusts.

    Shape:  the first of the usual variables that names a file which is there: requests, curl, OpenSSL and Git each
            have their own, and whoever sets one means all of them.
    """
    named = (environment.get(name, "") for name in VARIABLES)
    return next((path for path in named if path and Path(path).is_file()), "")
