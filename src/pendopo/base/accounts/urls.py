"""Below /akun/: ours first, then allauth's with the sign-in page replaced."""

from django.urls import URLPattern, URLResolver, include, path

from pendopo.base.accounts import views

_ours = [
    path("", views.profile, name="profile"),
    path("pengaman-kedua/", views.second_factor_page, name="second_factor"),
    path("keluar-di-tempat-lain/", views.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("contoh/", views.demo_sign_in, name="demo_sign_in"),
    path("undangan/<str:token>/", views.invitation, name="invitation"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((_ours, "accounts"))),
    path("login/", views.SignInView.as_view(), name="account_login"),
    path("", include("allauth.urls")),
]
