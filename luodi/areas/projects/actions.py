"""Every change of a project file: one function, one change, one event. What may never be is refused here."""

from luodi.areas.projects.acts.filing import Shown as Shown
from luodi.areas.projects.acts.filing import correct_file as correct_file
from luodi.areas.projects.acts.filing import enter_library as enter_library
from luodi.areas.projects.acts.filing import move_stage as move_stage
from luodi.areas.projects.acts.filing import open_file as open_file
from luodi.areas.projects.acts.filing import sign_correction as sign_correction
from luodi.areas.projects.acts.judging import explain as explain
from luodi.areas.projects.acts.judging import judge_explanation as judge_explanation
from luodi.areas.projects.acts.judging import review_confidence as review_confidence
from luodi.areas.projects.acts.leading import assign_leader as assign_leader
from luodi.areas.projects.acts.leading import record_visit as record_visit
from luodi.areas.projects.acts.leading import sign_hand_over as sign_hand_over
from luodi.areas.projects.acts.linking import fill_by_link as fill_by_link
from luodi.areas.projects.acts.linking import issue_link as issue_link
from luodi.areas.projects.acts.linking import revoke_link as revoke_link
from luodi.areas.projects.acts.linking import sign_by_link as sign_by_link
from luodi.areas.projects.acts.planning import set_plan as set_plan
from luodi.areas.projects.acts.reporting import Filled as Filled
from luodi.areas.projects.acts.reporting import PhotoGiven as PhotoGiven
from luodi.areas.projects.acts.reporting import fill as fill
from luodi.areas.projects.acts.reporting import import_statistics as import_statistics
from luodi.areas.projects.acts.reporting import sign as sign
from luodi.areas.projects.acts.solving import find_bottleneck as find_bottleneck
from luodi.areas.projects.acts.solving import report_no_progress as report_no_progress
