"""Machines that talk to us: who they are, their tokens, what they asked twice, and whom we call back."""

from pendopo.base.clients.models.client import ApiClient, ApiPolicy, ApiToken
from pendopo.base.clients.models.requests import ClientUpload, KeptAnswer
from pendopo.base.clients.models.webhooks import (
    DELIVERY,
    SUBSCRIPTION,
    DeliveryStatus,
    SubscriptionStatus,
    WebhookDelivery,
    WebhookSubscription,
)

__all__ = [
    "DELIVERY",
    "SUBSCRIPTION",
    "ApiClient",
    "ApiPolicy",
    "ApiToken",
    "ClientUpload",
    "DeliveryStatus",
    "KeptAnswer",
    "SubscriptionStatus",
    "WebhookDelivery",
    "WebhookSubscription",
]
