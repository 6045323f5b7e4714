from pendopo.base.notices.tests.letters import templates

__all__ = ["templates"]
