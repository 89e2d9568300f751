"""`make reset`: delete what `make run` keeps on this machine, after asking."""

import shutil

from config.env import LOCAL
from config.local.run import only_one_here
from config.local.terminal import say


def main() -> None:
    """Delete the database, the uploads and the caught mail. Refuses while Parley runs from here."""
    places = {LOCAL.home, LOCAL.servers, LOCAL.sockets}
    folders = [place for place in places if place.exists() and not places & set(place.parents)]
    if not folders:
        say("There is nothing to delete.")
        return
    with only_one_here():
        say("This deletes the local database, uploads and caught mail in:")
        for folder in sorted(folders):
            say(f"  {folder}")
        if input('Type "yes" to go on: ').strip().lower() != "yes":
            say("Nothing was deleted.")
            return
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
    say("Deleted. The next make run starts afresh.")


if __name__ == "__main__":
    main()
