"""What stands in front of the HTTP API: TLS at the service's origin, with a certificate that the test makes."""

import datetime
import ipaddress
import os
import ssl
from pathlib import Path

import certifi
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from .forwarding import Message, Server, Upstream


class Front:
    """`https://localhost:<port>`, as members have it; what it gets goes on to an API of the emulator."""

    def __init__(self, folder: Path, emulator_port: int):
        self.authority, chain = certificates(folder)
        self.trusted = trusted(folder, self.authority)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(chain)
        self.upstream = Upstream(emulator_port)
        self.host = None
        self.added = {}
        self.server = Server(self.pass_on, tls=tls)
        self.origin = f"https://localhost:{self.server.server_address[1]}"

    def leads_to(self, api, edge_secret=None):
        self.host = f"{api}.execute-api.localhost"
        if edge_secret:
            self.added["x-countersign-edge"] = edge_secret

    def pass_on(self, request: Message) -> Message:
        return self.upstream.send(request.replaced(host=self.host, **self.added))


def trusted(folder, authority):
    """What programs are to trust beside that authority: what they trust already, as cargo may still have something to fetch."""
    others = Path(os.environ.get("SSL_CERT_FILE") or certifi.where())
    file = folder / "trusted.pem"
    file.write_bytes(authority.read_bytes() + others.read_bytes())
    return file


def certificates(folder):
    """An authority that only this test trusts, and a certificate for this machine: the files of both."""
    now = datetime.datetime.now(datetime.timezone.utc)

    def signed(name, key, issuer, issuer_key, extensions):
        builder = (x509.CertificateBuilder()
                   .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
                   .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
                   .public_key(key.public_key()).serial_number(x509.random_serial_number())
                   .not_valid_before(now - datetime.timedelta(hours=1)).not_valid_after(now + datetime.timedelta(days=1)))
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical)
        return builder.sign(issuer_key, hashes.SHA256())

    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    signs = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    root = signed("Countersign deployed test", root_key, "Countersign deployed test", root_key,
                  [(x509.BasicConstraints(ca=True, path_length=0), True), (signs, True)])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    leaf = signed("localhost", key, "Countersign deployed test", root_key,
                  [(x509.BasicConstraints(ca=False, path_length=None), True), (names, False),
                   (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)])
    pem = serialization.Encoding.PEM
    authority, chain = folder / "authority.pem", folder / "localhost.pem"
    authority.write_bytes(root.public_bytes(pem))
    chain.write_bytes(leaf.public_bytes(pem) + root.public_bytes(pem) + key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return authority, chain
