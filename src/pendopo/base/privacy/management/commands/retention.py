"""`pendopo retention report|run`: what is due, what was done, what is held; and doing it now."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from pendopo.base.privacy import retention
from pendopo.kernel import clock


class Command(BaseCommand):
    help = "Masa simpan data pribadi: laporan yang jatuh tempo, ditahan, dan sudah dihapus; atau jalankan sekarang."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["report", "run"], help="report: lihat saja; run: hapus sekarang")
        parser.add_argument("--json", action="store_true", help="keluaran untuk mesin")
        parser.add_argument("--dry-run", action="store_true", help="bersama run: hitung saja, tanpa mengubah")

    def handle(self, *, act: str, json: bool, dry_run: bool, **_: Any) -> None:
        if act == "run" and not dry_run:
            runs = retention.run(now=clock.now())
            if not json:
                for one in runs:
                    words = f"{one.keeper}: {one.done} ditangani, {one.held} ditahan, {one.failed} gagal"
                    self.stdout.write(words)
                return
        lines = [_plain(line) for line in retention.report(now=clock.now())]
        if json:
            self.stdout.write(_dumps(lines))
            return
        for line in lines:
            self.stdout.write(_spoken(line))


def _plain(line: retention.Line) -> dict[str, Any]:
    rule, last = line.rule, line.last
    return {
        "keeper": line.keeper.key,
        "label": str(line.keeper.label),
        "outcome": str(line.keeper.outcome),
        "days": rule.days if rule else None,
        "source": rule.source if rule else None,
        "confirmed": rule.confirmed if rule else None,
        "due": line.free,
        "held": line.held,
        "last_run": last.started_at.isoformat() if last else None,
        "last_finished": bool(last and last.finished_at),
        "last_done": last.done if last else 0,
        "last_failed": last.failed if last else 0,
    }


def _dumps(lines: list[dict[str, Any]]) -> str:
    return json.dumps({"retention": lines}, ensure_ascii=False, indent=2)


def _spoken(line: dict[str, Any]) -> str:
    if line["days"] is None:
        return f"{line['keeper']}: disimpan tanpa batas (tidak ada aturan yang berlaku)"
    sure = "" if line["confirmed"] else ", belum dikukuhkan"
    last = f"; terakhir {line['last_run'][:10]}: {line['last_done']} ditangani" if line["last_run"] else ""
    return (
        f"{line['keeper']}: setelah {line['days']} hari{sure}; jatuh tempo {line['due']}, "
        f"ditahan {line['held']}{last}"
    )
