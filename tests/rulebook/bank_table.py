"""The bank's rulebook, spelt out a second time: every row, state, role and setting."""

STATES = """
registered    intake      initial  已登记    已提交
accepted      intake      open     已受理    已受理
assigned      dispatch    open     已转办    处理中
in_progress   handling    open     处理中    处理中
pending       handling    open     挂起      待补充材料
under_review  conclusion  open     复核中    处理中
resolved      conclusion  open     已办结    已办结，待确认
closed        conclusion  closed   已结案    已结案
archived      conclusion  final    已归档    已结案
cancelled     conclusion  final    已撤销    已撤销
merged        conclusion  final    已合并    已合并
rejected      conclusion  final    不予受理  不予受理
"""
"""state, stage, category, what staff call it, what the customer sees."""

ROLES = """
customer          own         shared  客户
bot               own         shared  智能客服
intake            all         all     受理岗
intake_reviewer   all         all     工单审核岗
dispatcher        all         all     派单岗
handler           department  all     处理岗
cohandler         department  all     会办岗
expert            own         all     会诊专家
reviewer          department  all     复核岗
supervisor        all         all     主管
executive         all         all     上级机构/高管
quality_reviewer  all         all     质检岗
admin             all         all     系统管理员
auditor           all         all     审计（只读）
system            all         all     系统定时任务
"""
"""role, what it sees, what it reads of it, what it is called."""

ACTIONS = """
open              登记
edit              补录
approve_intake    审核通过
return_intake     审核退回
accept            受理
reject_intake     不予受理
reclassify        改类
dispatch          转办
claim             领取
transfer          转派
decline           退单
assign            分派
offer             派单邀约
accept_offer      接受邀约
decline_offer     拒绝邀约
withdraw_offer    撤回邀约
start             开始处理
hold              挂起
resume            恢复
customer_reply    客户补件
customer_message  客户留言
reply             回复客户
log_contact       联系记录
inform_customer   告知客户
comment           备注
open_subtask      发起会办
finish_subtask    会办完成
cancel_subtask    撤销会办
convene_panel     发起会诊
give_opinion      会诊意见
conclude_panel    会诊结论
submit            提交复核
resolve           直接办结
approve           复核通过
return_for_rework 复核退回
request_extension 申请延期
approve_extension 批准延期
reject_extension  驳回延期
urge              催办
escalate          升级
close             结案
reopen            重新打开
archive           归档
cancel            撤销
merge_into        合并
unmerge           取消合并
rate              评价
quality_review    质检
appeal            申请核查
mark_overdue      逾期登记
"""
"""action, what it is called."""

ROWS = """
open -> registered
  who: customer bot intake system
  rules: form_valid_for_open
edit -> =
  from: registered accepted
  who: intake supervisor customer
  rules: own_ticket_if_customer not_party
approve_intake -> =
  from: registered accepted
  who: intake_reviewer supervisor
  rules: not_entered_by_self not_party
return_intake -> registered
  from: registered accepted
  who: intake_reviewer dispatcher supervisor
  rules: not_entered_by_self reason_given not_party
accept -> accepted
  from: registered
  who: intake supervisor
  rules: required_fields_complete not_party
reject_intake -> rejected
  from: registered
  who: intake supervisor
  rules: not_party reason_given
reclassify -> =
  from: accepted assigned in_progress pending
  who: intake dispatcher handler supervisor
  rules: own_if_handler reason_given not_party
dispatch -> assigned
  from: accepted
  who: dispatcher supervisor system
  rules: intake_approved_if_required target_given assignee_eligible not_party
claim -> =
  from: assigned
  who: handler
  rules: unassigned in_own_department claimer_eligible not_offered_to_another
transfer -> assigned
  from: assigned in_progress pending
  who: dispatcher handler supervisor
  rules: own_if_handler reason_given target_given target_differs assignee_eligible
  rules: not_party intake_approved_if_required
decline -> accepted
  from: assigned
  who: handler
  rules: is_assignee reason_given declines_left
assign -> assigned
  from: accepted assigned
  who: dispatcher supervisor system
  rules: unassigned intake_approved_if_required assignee_eligible not_party
offer -> assigned
  from: accepted assigned
  who: dispatcher supervisor system
  rules: unassigned not_offered intake_approved_if_required assignee_eligible not_party
accept_offer -> =
  from: assigned
  who: handler
  rules: offered_to_self unassigned claimer_eligible
decline_offer -> =
  from: assigned
  who: handler
  rules: offered_to_self reason_given
withdraw_offer -> =
  from: assigned
  who: dispatcher supervisor
  rules: offered reason_given not_party
start -> in_progress
  from: assigned
  who: handler
  rules: is_assignee
hold -> pending
  from: accepted in_progress
  who: intake handler
  rules: own_if_handler reason_given not_party
resume -> @before_hold
  from: pending
  who: intake handler supervisor system
  rules: own_if_handler not_party
customer_reply -> @before_hold
  from: pending
  who: customer intake
  rules: own_ticket_if_customer waiting_for_customer
customer_message -> =
  from: registered accepted assigned in_progress pending under_review resolved
  who: customer intake bot
  rules: own_ticket_if_customer
reply -> =
  from: registered accepted assigned in_progress pending under_review resolved
  who: intake handler supervisor
  rules: own_if_handler
log_contact -> =
  from: registered accepted assigned in_progress pending under_review resolved closed
  who: intake handler supervisor
inform_customer -> =
  from: registered accepted assigned in_progress pending under_review resolved rejected
  from: closed cancelled merged
  who: intake handler supervisor system
  rules: subject_given not_party
comment -> =
  from: registered accepted assigned in_progress pending under_review resolved
  who: intake intake_reviewer dispatcher handler cohandler expert reviewer supervisor
open_subtask -> =
  from: in_progress
  who: handler supervisor
  rules: own_if_handler not_party
finish_subtask -> =
  from: in_progress pending
  who: cohandler
  rules: subtask_open_in_own_dept not_party
cancel_subtask -> =
  from: in_progress pending
  who: handler supervisor
  rules: own_if_handler subtask_open reason_given not_party
convene_panel -> =
  from: in_progress
  who: handler supervisor
  rules: own_if_handler no_open_panel members_eligible not_party
give_opinion -> =
  from: in_progress pending
  who: expert cohandler handler
  rules: is_panel_member
conclude_panel -> =
  from: in_progress
  who: handler supervisor
  rules: own_if_handler panel_open not_party
submit -> under_review
  from: in_progress
  who: handler
  rules: is_assignee resolution_given no_open_subtask no_open_panel
resolve -> resolved
  from: in_progress
  who: handler
  rules: is_assignee resolution_given no_open_subtask no_open_panel review_not_required
approve -> =
  from: under_review
  who: reviewer supervisor
  rules: not_own_work not_party approval_rank_sufficient approves_once further_approval_needed
approve -> resolved
  from: under_review
  who: reviewer supervisor
  rules: not_own_work not_party approval_rank_sufficient approves_once last_approval
return_for_rework -> in_progress
  from: under_review
  who: reviewer supervisor
  rules: not_own_work not_party reason_given
request_extension -> =
  from: assigned in_progress
  who: handler
  rules: is_assignee reason_given no_open_extension before_due
approve_extension -> =
  from: assigned in_progress pending
  who: supervisor executive
  rules: extension_open not_extension_requester not_party
  rules: approval_rank_sufficient approves_once not_own_work
reject_extension -> =
  from: assigned in_progress pending
  who: supervisor executive
  rules: extension_open not_extension_requester not_party reason_given not_own_work
urge -> =
  from: accepted assigned in_progress pending under_review
  who: customer intake supervisor
  rules: own_ticket_if_customer urge_interval_passed
escalate -> =
  from: accepted assigned in_progress pending under_review
  who: handler supervisor system
  rules: own_if_handler level_left
close -> closed
  from: resolved
  who: intake supervisor customer system
  rules: own_ticket_if_customer not_party quiet_period_over_if_system informed_if_required
reopen -> in_progress
  from: resolved closed
  who: intake supervisor customer
  rules: own_ticket_if_customer not_party reason_given reopen_window_open
archive -> archived
  from: closed
  who: admin system
  rules: reopen_window_over appeal_window_over
cancel -> cancelled
  from: registered accepted assigned in_progress pending under_review
  who: customer intake supervisor
  rules: own_ticket_if_customer not_party reason_given not_own_work
merge_into -> merged
  from: registered accepted assigned in_progress pending
  who: intake dispatcher supervisor
  rules: not_party target_other_and_open same_customer not_an_appeal target_unconflicted
  rules: no_open_subtask no_open_panel
unmerge -> @before_merge
  from: merged
  who: supervisor
  rules: not_party reason_given target_not_archived
rate -> =
  from: resolved closed
  who: customer
  rules: own_ticket not_rated_since_last_closing score_in_range
quality_review -> =
  from: closed archived
  who: quality_reviewer
  rules: not_involved not_party
appeal -> =
  from: resolved closed
  who: customer
  rules: own_ticket appeal_window_open not_appealed_yet
mark_overdue -> =
  from: accepted assigned in_progress pending under_review
  who: system
"""
"""action -> where to, and from where, by whom, under which rules."""
