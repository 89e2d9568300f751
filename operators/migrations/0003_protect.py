"""Row-level security and composite keys for the people's tables."""

from django.db import migrations

from tenants.rls import ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("operators", "0002_operator_team_invitation"),
        ("tenants", "0002_protect"),
    ]

    operations = [
        ProtectTenantTable("Operator", lookup="user_id"),
        ProtectTenantTable("Team"),
        ProtectTenantTable("TeamMember", references={"team": "operators.Team", "operator": "operators.Operator"}),
        ProtectTenantTable(
            "Invitation",
            references={"team": "operators.Team", "invited_by": "operators.Operator"},
            lookup="token_hash",
        ),
    ]
