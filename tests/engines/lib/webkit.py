#!/usr/bin/python3
# A browser for one phone: WebKitGTK with its memory in the folder BOTHWAYS_PROFILE and its console in what it says.
# The browser that Debian's driver brings (MiniBrowser) forgets everything as soon as it is driven, so that nobody could
# close it and open it again.
import os

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402

profile = os.environ["BOTHWAYS_PROFILE"]
manager = WebKit2.WebsiteDataManager(base_data_directory=f"{profile}/data", base_cache_directory=f"{profile}/cache")
context = WebKit2.WebContext(website_data_manager=manager)
context.set_automation_allowed(True)
settings = WebKit2.Settings(enable_write_console_messages_to_stdout=True)


def open_view(_session):
    window = Gtk.Window(default_width=420, default_height=800)
    view = WebKit2.WebView(web_context=context, settings=settings, is_controlled_by_automation=True)
    view.connect("close", lambda *_: window.destroy())
    window.add(view)
    window.show_all()
    return view


def begin(_context, session):
    info = WebKit2.ApplicationInfo()
    info.set_name("WebKitGTK")
    info.set_version(WebKit2.get_major_version(), WebKit2.get_minor_version(), WebKit2.get_micro_version())
    session.set_application_info(info)
    session.connect("create-web-view", open_view)


def save(_context, download):
    download.connect(
        "decide-destination",
        lambda download, name: download.set_destination(f"file://{os.environ['BOTHWAYS_DOWNLOADS']}/{name}") or True,
    )


context.connect("automation-started", begin)
context.connect("download-started", save)
Gtk.main()
