from pendopo.base.accounts import adapter
from pendopo.base.organizations.public import identity


class MFAAdapter(adapter.MFAAdapter):
    """Authenticator apps and passkeys show the government's name, not a host name."""

    def get_totp_issuer(self) -> str:
        return identity().name

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": identity().name}
