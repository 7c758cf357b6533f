"""The first schema."""

import sqlalchemy as sa
from alembic import op

from gqlregistry.store.tables.base import Instant, JsonText, Key, Name

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "blob",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_blob"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "entity",
        sa.Column("id", Key, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("name", Name, nullable=False),
        sa.Column("display_name", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("deleted_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_entity"),
        sa.UniqueConstraint("name", name="uq_entity_name"),
    )
    op.create_index("ix_entity_email", "entity", ["email"], unique=False)
    op.create_index("ix_entity_kind_name", "entity", ["kind", "name"], unique=False)
    op.create_table(
        "api_key",
        sa.Column("id", Key, nullable=False),
        sa.Column("entity_id", Key, nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by_id", Key, nullable=True),
        sa.Column("expires_at", Instant(), nullable=True),
        sa.Column("last_used_at", Instant(), nullable=True),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["entity.id"], name="fk_api_key_created_by_id"),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name="fk_api_key_entity_id"),
        sa.PrimaryKeyConstraint("id", name="pk_api_key"),
        sa.UniqueConstraint("digest", name="uq_api_key_digest"),
    )
    op.create_index("ix_api_key_entity_id", "api_key", ["entity_id"], unique=False)
    op.create_table(
        "organization",
        sa.Column("id", Key, nullable=False),
        sa.Column("entity_id", Key, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name="fk_organization_entity_id"),
        sa.PrimaryKeyConstraint("id", name="pk_organization"),
        sa.UniqueConstraint("entity_id", name="uq_organization_entity_id"),
    )
    op.create_table(
        "project",
        sa.Column("id", Key, nullable=False),
        sa.Column("entity_id", Key, nullable=False),
        sa.Column("name", Name, nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by_id", Key, nullable=False),
        sa.Column("deleted_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["entity.id"], name="fk_project_created_by_id"),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name="fk_project_entity_id"),
        sa.PrimaryKeyConstraint("id", name="pk_project"),
        sa.UniqueConstraint("entity_id", "name", name="uq_project_entity_id_name"),
    )
    op.create_table(
        "registry",
        sa.Column("id", Key, nullable=False),
        sa.Column("organization_id", Key, nullable=False),
        sa.Column("name", Name, nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("artifact_types", JsonText(), nullable=True),
        sa.Column("protected_aliases", JsonText(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by_id", Key, nullable=False),
        sa.Column("deleted_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["entity.id"], name="fk_registry_created_by_id"),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name="fk_registry_organization_id"),
        sa.PrimaryKeyConstraint("id", name="pk_registry"),
        sa.UniqueConstraint("organization_id", "name", name="uq_registry_organization_id_name"),
    )
    op.create_table(
        "run",
        sa.Column("id", Key, nullable=False),
        sa.Column("project_id", Key, nullable=False),
        sa.Column("name", Name, nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("job_type", sa.String(), nullable=True),
        sa.Column("group", sa.String(), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("tags", JsonText(), nullable=False),
        sa.Column("config", JsonText(), nullable=False),
        sa.Column("summary", JsonText(), nullable=False),
        sa.Column("created_by_id", Key, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("started_at", Instant(), nullable=True),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.Column("heartbeat_at", Instant(), nullable=True),
        sa.Column("deleted_at", Instant(), nullable=True),
        sa.Column("deleted_by_id", Key, nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["entity.id"], name="fk_run_created_by_id"),
        sa.ForeignKeyConstraint(["deleted_by_id"], ["entity.id"], name="fk_run_deleted_by_id"),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_run_project_id"),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
        sa.UniqueConstraint("project_id", "name", name="uq_run_project_id_name"),
    )
    op.create_index("ix_run_created_by_id", "run", ["created_by_id"], unique=False)
    op.create_index("ix_run_project_id_id", "run", ["project_id", "id"], unique=False)
    op.create_table(
        "collection",
        sa.Column("id", Key, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("project_id", Key, nullable=True),
        sa.Column("registry_id", Key, nullable=True),
        sa.Column("name", Name, nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("next_index", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by_id", Key, nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("deleted_at", Instant(), nullable=True),
        sa.Column("deleted_by_id", Key, nullable=True),
        sa.CheckConstraint(
            "(kind = 'SOURCE' AND project_id IS NOT NULL AND registry_id IS NULL) OR"
            " (kind = 'REGISTRY' AND registry_id IS NOT NULL AND project_id IS NULL)",
            name="one_place",
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["entity.id"], name="fk_collection_created_by_id"),
        sa.ForeignKeyConstraint(["deleted_by_id"], ["entity.id"], name="fk_collection_deleted_by_id"),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_collection_project_id"),
        sa.ForeignKeyConstraint(["registry_id"], ["registry.id"], name="fk_collection_registry_id"),
        sa.PrimaryKeyConstraint("id", name="pk_collection"),
        sa.UniqueConstraint("project_id", "name", name="uq_collection_project_id_name"),
        sa.UniqueConstraint("registry_id", "name", name="uq_collection_registry_id_name"),
    )
    op.create_table(
        "member",
        sa.Column("id", Key, nullable=False),
        sa.Column("entity_id", Key, nullable=False),
        sa.Column("organization_id", Key, nullable=True),
        sa.Column("team_id", Key, nullable=True),
        sa.Column("project_id", Key, nullable=True),
        sa.Column("registry_id", Key, nullable=True),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(organization_id IS NOT NULL) + (team_id IS NOT NULL) + (project_id IS NOT NULL)"
            " + (registry_id IS NOT NULL) = 1",
            name="one_scope",
        ).ddl_if(dialect="sqlite"),
        sa.CheckConstraint(
            "num_nonnulls(organization_id, team_id, project_id, registry_id) = 1", name="one_scope"
        ).ddl_if(dialect="postgresql"),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name="fk_member_entity_id"),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name="fk_member_organization_id"),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_member_project_id"),
        sa.ForeignKeyConstraint(["registry_id"], ["registry.id"], name="fk_member_registry_id"),
        sa.ForeignKeyConstraint(["team_id"], ["entity.id"], name="fk_member_team_id"),
        sa.PrimaryKeyConstraint("id", name="pk_member"),
        sa.UniqueConstraint("organization_id", "entity_id", name="uq_member_organization_id_entity_id"),
        sa.UniqueConstraint("project_id", "entity_id", name="uq_member_project_id_entity_id"),
        sa.UniqueConstraint("registry_id", "entity_id", name="uq_member_registry_id_entity_id"),
        sa.UniqueConstraint("team_id", "entity_id", name="uq_member_team_id_entity_id"),
    )
    op.create_index("ix_member_entity_id", "member", ["entity_id"], unique=False)
    op.create_table(
        "artifact",
        sa.Column("id", Key, nullable=False),
        sa.Column("collection_id", Key, nullable=False),
        sa.Column("version_index", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("file_count", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("metadata", JsonText(), nullable=False),
        sa.Column("idempotency_key", sa.String(), nullable=True),
        sa.Column("pending_aliases", JsonText(), nullable=False),
        sa.Column("run_id", Key, nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by_id", Key, nullable=False),
        sa.Column("committed_at", Instant(), nullable=True),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("deleted_at", Instant(), nullable=True),
        sa.Column("deleted_by_id", Key, nullable=True),
        sa.ForeignKeyConstraint(["collection_id"], ["collection.id"], name="fk_artifact_collection_id"),
        sa.ForeignKeyConstraint(["created_by_id"], ["entity.id"], name="fk_artifact_created_by_id"),
        sa.ForeignKeyConstraint(["deleted_by_id"], ["entity.id"], name="fk_artifact_deleted_by_id"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_artifact_run_id"),
        sa.PrimaryKeyConstraint("id", name="pk_artifact"),
        sa.UniqueConstraint("collection_id", "idempotency_key", name="uq_artifact_collection_id_idempotency_key"),
        sa.UniqueConstraint("collection_id", "version_index", name="uq_artifact_collection_id_version_index"),
    )
    op.create_index("ix_artifact_collection_id_digest", "artifact", ["collection_id", "digest"], unique=False)
    op.create_index("ix_artifact_created_by_id", "artifact", ["created_by_id"], unique=False)
    op.create_index("ix_artifact_digest", "artifact", ["digest"], unique=False)
    op.create_index("ix_artifact_state_id", "artifact", ["state", "id"], unique=False)
    op.create_table(
        "collection_tag",
        sa.Column("collection_id", Key, nullable=False),
        sa.Column("name", Name, nullable=False),
        sa.ForeignKeyConstraint(["collection_id"], ["collection.id"], name="fk_collection_tag_collection_id"),
        sa.PrimaryKeyConstraint("collection_id", "name", name="pk_collection_tag"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "former_name",
        sa.Column("id", Key, nullable=False),
        sa.Column("project_id", Key, nullable=True),
        sa.Column("registry_id", Key, nullable=True),
        sa.Column("name", Name, nullable=False),
        sa.Column("collection_id", Key, nullable=False),
        sa.ForeignKeyConstraint(["collection_id"], ["collection.id"], name="fk_former_name_collection_id"),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_former_name_project_id"),
        sa.ForeignKeyConstraint(["registry_id"], ["registry.id"], name="fk_former_name_registry_id"),
        sa.PrimaryKeyConstraint("id", name="pk_former_name"),
        sa.UniqueConstraint("project_id", "name", name="uq_former_name_project_id_name"),
        sa.UniqueConstraint("registry_id", "name", name="uq_former_name_registry_id_name"),
    )
    op.create_index("ix_former_name_collection_id", "former_name", ["collection_id"], unique=False)
    op.create_table(
        "action_event",
        sa.Column("id", Key, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("actor_id", Key, nullable=False),
        sa.Column("organization_id", Key, nullable=True),
        sa.Column("project_id", Key, nullable=True),
        sa.Column("registry_id", Key, nullable=True),
        sa.Column("collection_id", Key, nullable=True),
        sa.Column("artifact_id", Key, nullable=True),
        sa.Column("version_index", sa.Integer(), nullable=True),
        sa.Column("alias", sa.String(), nullable=True),
        sa.Column("previous_id", Key, nullable=True),
        sa.Column("previous_version_index", sa.Integer(), nullable=True),
        sa.Column("run_id", Key, nullable=True),
        sa.Column("subject_id", Key, nullable=True),
        sa.Column("role", sa.String(40), nullable=True),
        sa.Column("tag", sa.String(), nullable=True),
        sa.Column("detail", JsonText(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["entity.id"], name="fk_action_event_actor_id"),
        sa.ForeignKeyConstraint(["artifact_id"], ["artifact.id"], name="fk_action_event_artifact_id"),
        sa.ForeignKeyConstraint(["collection_id"], ["collection.id"], name="fk_action_event_collection_id"),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name="fk_action_event_organization_id"),
        sa.ForeignKeyConstraint(["previous_id"], ["artifact.id"], name="fk_action_event_previous_id"),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_action_event_project_id"),
        sa.ForeignKeyConstraint(["registry_id"], ["registry.id"], name="fk_action_event_registry_id"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_action_event_run_id"),
        sa.ForeignKeyConstraint(["subject_id"], ["entity.id"], name="fk_action_event_subject_id"),
        sa.PrimaryKeyConstraint("id", name="pk_action_event"),
    )
    op.create_index("ix_action_event_actor_id_id", "action_event", ["actor_id", "id"], unique=False)
    op.create_index("ix_action_event_artifact_id_id", "action_event", ["artifact_id", "id"], unique=False)
    op.create_index(
        "ix_action_event_collection_id_alias_id", "action_event", ["collection_id", "alias", "id"], unique=False
    )
    op.create_index("ix_action_event_collection_id_id", "action_event", ["collection_id", "id"], unique=False)
    op.create_index("ix_action_event_kind_id", "action_event", ["kind", "id"], unique=False)
    op.create_index("ix_action_event_project_id_id", "action_event", ["project_id", "id"], unique=False)
    op.create_index("ix_action_event_registry_id_id", "action_event", ["registry_id", "id"], unique=False)
    op.create_table(
        "artifact_file",
        sa.Column("artifact_id", Key, nullable=False),
        sa.Column("path", Name, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["artifact_id"], ["artifact.id"], name="fk_artifact_file_artifact_id"),
        sa.PrimaryKeyConstraint("artifact_id", "path", name="pk_artifact_file"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_artifact_file_digest", "artifact_file", ["digest"], unique=False)
    op.create_table(
        "artifact_tag",
        sa.Column("artifact_id", Key, nullable=False),
        sa.Column("name", Name, nullable=False),
        sa.ForeignKeyConstraint(["artifact_id"], ["artifact.id"], name="fk_artifact_tag_artifact_id"),
        sa.PrimaryKeyConstraint("artifact_id", "name", name="pk_artifact_tag"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_artifact_tag_name_artifact_id", "artifact_tag", ["name", "artifact_id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("id", Key, nullable=False),
        sa.Column("collection_id", Key, nullable=False),
        sa.Column("artifact_id", Key, nullable=False),
        sa.Column("version_index", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by_id", Key, nullable=False),
        sa.Column("removed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["artifact_id"], ["artifact.id"], name="fk_membership_artifact_id"),
        sa.ForeignKeyConstraint(["collection_id"], ["collection.id"], name="fk_membership_collection_id"),
        sa.ForeignKeyConstraint(["created_by_id"], ["entity.id"], name="fk_membership_created_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_membership"),
        sa.UniqueConstraint("collection_id", "version_index", name="uq_membership_collection_id_version_index"),
    )
    op.create_index("ix_membership_artifact_id_id", "membership", ["artifact_id", "id"], unique=False)
    op.create_index(
        "uq_membership_live",
        "membership",
        ["collection_id", "artifact_id"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_table(
        "run_input",
        sa.Column("run_id", Key, nullable=False),
        sa.Column("artifact_id", Key, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("requested_as", sa.String(), nullable=True),
        sa.Column("requested_as_inferred", sa.Boolean(), nullable=False),
        sa.Column("via_collection_id", Key, nullable=True),
        sa.ForeignKeyConstraint(["artifact_id"], ["artifact.id"], name="fk_run_input_artifact_id"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_run_input_run_id"),
        sa.ForeignKeyConstraint(["via_collection_id"], ["collection.id"], name="fk_run_input_via_collection_id"),
        sa.PrimaryKeyConstraint("run_id", "artifact_id", name="pk_run_input"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_run_input_artifact_id_run_id", "run_input", ["artifact_id", "run_id"], unique=False)
    op.create_table(
        "run_output",
        sa.Column("run_id", Key, nullable=False),
        sa.Column("artifact_id", Key, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["artifact_id"], ["artifact.id"], name="fk_run_output_artifact_id"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_run_output_run_id"),
        sa.PrimaryKeyConstraint("run_id", "artifact_id", name="pk_run_output"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_run_output_artifact_id_run_id", "run_output", ["artifact_id", "run_id"], unique=False)
    op.create_table(
        "alias",
        sa.Column("id", Key, nullable=False),
        sa.Column("collection_id", Key, nullable=False),
        sa.Column("name", Name, nullable=False),
        sa.Column("membership_id", Key, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["collection_id"], ["collection.id"], name="fk_alias_collection_id"),
        sa.ForeignKeyConstraint(["membership_id"], ["membership.id"], name="fk_alias_membership_id"),
        sa.PrimaryKeyConstraint("id", name="pk_alias"),
        sa.UniqueConstraint("collection_id", "name", name="uq_alias_collection_id_name"),
    )
    op.create_index("ix_alias_membership_id", "alias", ["membership_id"], unique=False)
