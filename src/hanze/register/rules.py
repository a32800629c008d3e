"""Who may do what in the register."""

from rules.permissions import add_perm

from hanze.accounts.permissions import is_administrator, is_coordinator, is_officer, is_reader, sees

add_perm("register.list_parties", is_reader)
add_perm("register.list_relations", is_reader)

for record in ("organisation", "person", "relation", "agreement"):
    add_perm(f"register.view_{record}", is_reader & sees)

for record in ("organisation", "person", "agreement"):
    add_perm(f"register.create_{record}", is_officer)
    add_perm(f"register.change_{record}", is_officer & sees)

for record in ("organisation", "person"):
    add_perm(f"register.merge_{record}", is_officer & sees)

add_perm("register.set_home", is_administrator & sees)
add_perm("register.create_relation", is_coordinator)
add_perm("register.change_relation", is_coordinator & sees)
