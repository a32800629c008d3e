"""Every participant against every list, across scripts, explained. Pure: no Django, no database."""
